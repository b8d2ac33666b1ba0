import { Refused } from "../../client/src/index";
import type { Texts } from "./texts";

/** What is said to a person about a request that went wrong: the service's words, but not the browser's nor those for programs. */
export function reasonOf(error: Error, words: Texts): string {
  if (!(error instanceof Refused)) {
    return words.unreachable;
  }
  return error.problem.status === 401 ? words.signIn : error.message;
}
