// Imports the entry that it is given from the installed package, and tells what that cost and brought.
const before = process.memoryUsage.rss();
const began = performance.now();
const names = Object.keys(await import(process.argv[2])).sort();
const milliseconds = Math.round(performance.now() - began);
const megabytes = Math.round((process.memoryUsage.rss() - before) / 1e5) / 10;
console.log(JSON.stringify({ names, milliseconds, megabytes }));
