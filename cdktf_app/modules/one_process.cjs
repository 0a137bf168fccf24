// jsii's own start-up script starts a second Node process that does the work, and passes on what that one says. This
// one does the work itself, which saves the memory of a whole Node process. It stands in the place of jsii's script,
// `bin/jsii-runtime.js`, beside jsii's other files.
const fs = require("node:fs");
const { Writable } = require("node:stream");

// Where the program expects the pipe to its parent. Here it is two pipes: standard input and standard output.
const CHANNEL = 3;
const { readSync, writeSync } = fs;
fs.readSync = (fd, ...rest) => readSync(fd === CHANNEL ? 0 : fd, ...rest);
fs.writeSync = (fd, ...rest) => writeSync(fd === CHANNEL ? 1 : fd, ...rest);

// What is printed travels to Python's half as jsii's own script sends it: a line of JSON each, in base64.
for (const name of ["stdout", "stderr"]) {
  const write = (chunk, _encoding, done) => {
    writeSync(2, `${JSON.stringify({ [name]: chunk.toString("base64") })}\n`);
    done();
  };
  Object.defineProperty(process, name, { value: new Writable({ write }) });
}

// By this the program decides to link packages as a whole, not file by file. It is set in NODE_OPTIONS too, for Node.
process.execArgv.push("--preserve-symlinks");
require("../lib/program.js");
