import { oneLine } from "./one-line.ts";

/** One turn of the agent: what it reports while at work, what it writes, what it reports at the end. */
export interface AgentTurn {
  readonly doing: string;
  readonly answer: string;
  readonly done: string;
}

/** The agent's first turn, made from the task's prompt alone, so that the same prompt always gets the same answer. */
export function openingReply(prompt: string): AgentTurn {
  const topic = shorten(prompt);
  return {
    doing: `Reading the task: ${topic}`,
    answer: `I looked into it: ${topic}. I have a plan and made the first changes. Tell me how to go on.`,
    done: "Waiting for input",
  };
}

/** The agent's turn after an input, made from the input alone. */
export function agentReply(input: string): AgentTurn {
  const topic = shorten(input);
  return {
    doing: `Working on: ${topic}`,
    answer: `Done with: ${topic}. Anything else?`,
    done: "Waiting for input",
  };
}

/** One line of at most 80 characters, cut between characters, never inside one, without the mark that ends a sentence. */
function shorten(text: string): string {
  const line = oneLine(text).replace(/[.!?]+$/u, "");
  if (line.length <= 80) return line;
  const characters = [...line.slice(0, 2 * 80)];
  return characters.length <= 80 && characters.join("") === line
    ? line
    : `${characters.slice(0, 79).join("")}…`;
}
