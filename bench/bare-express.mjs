// What the mock is compared with: Express 5 as it comes, which keeps nothing, checks nothing and answers with fixed objects.
// Usage: node bare-express.mjs ANSWERS.json
import { readFileSync } from "node:fs";
import express from "express";

const { one, list, created, invalid } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const app = express();
app.get("/api/v2/tasks", (_request, response) => {
  response.json(list);
});
app.get("/api/v2/tasks/:user/:task", (_request, response) => {
  response.json(one);
});
app.post("/api/v2/tasks/:user", express.json(), (request, response) => {
  if (typeof request.body.input === "string") response.status(201).json(created);
  else response.status(400).json(invalid);
});

const server = app.listen(0, "127.0.0.1", () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  console.log(JSON.stringify({ msg: "ready", url }));
});
