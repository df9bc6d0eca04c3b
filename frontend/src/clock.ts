/** The server's clock, carried on by this device: a phone that runs wrong does not shift a deadline. */
const atLoad = Date.now();
const served = Number(document.documentElement.dataset["now"]);

export function now(): number {
  return served > 0 ? served + (Date.now() - atLoad) : Date.now();
}
