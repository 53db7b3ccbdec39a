// Reads pages, each a line of JSON; writes what a tool makes of each, and the milliseconds that the
// processor was busy with it, as a line of JSON. Which tool: the argument.

import readline from "node:readline";

// What a tool says while it works is no part of the answer.
console.log = console.warn = console.error = () => {};

const BLOCKS = "address,article,aside,blockquote,br,dd,div,dl,dt,figcaption,figure,footer,h1,h2,h3,"
  + "h4,h5,h6,header,hr,li,main,ol,p,pre,section,table,td,th,tr,ul";

// The tools return HTML, in which blocks are apart without white space.
function text(root) {
  for (const block of root.querySelectorAll(BLOCKS)) {
    block.before("\n");
    block.after("\n");
  }
  return root.textContent;
}

async function defuddle() {
  const { DefuddleClass } = await import("defuddle/node");
  const { parseHTML } = await import("linkedom");
  return (page) => {
    const found = new DefuddleClass(parseHTML(page).document, { url: "https://example.org/" });
    return text(parseHTML(`<html><body>${found.parse().content}</body></html>`).document.body);
  };
}

async function readability() {
  const { Readability } = await import("@mozilla/readability");
  const { JSDOM, VirtualConsole } = await import("jsdom");
  const options = { url: "https://example.org/", virtualConsole: new VirtualConsole() };
  return (page) => {
    const found = new Readability(new JSDOM(page, options).window.document).parse();
    return found ? text(new JSDOM(found.content).window.document.body) : "";
  };
}

const extract = await { defuddle, readability }[process.argv[2]]();
for await (const line of readline.createInterface({ input: process.stdin })) {
  const before = process.cpuUsage();
  const answer = {};
  try {
    answer.text = extract(JSON.parse(line));
  } catch (error) {
    answer.error = String(error);
  }
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(JSON.stringify({ ...answer, ms: (user + system) / 1000 }) + "\n");
}
