// Read by whatever Node there is, so that an old one is told what it lacks instead of a syntax error.
// Everything newer than this file needs lies behind the import.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 20 || (major === 20 && minor >= 9)) {
  import("./start/main.mjs").then(({ main }) => main(process.argv.slice(2)));
} else {
  console.error(
    "Contact Sheet needs Node 20.9 or newer; this is Node " +
      process.versions.node +
      ".\n" +
      "Install a current Node from https://nodejs.org and run the command again. Nothing was changed.",
  );
  process.exit(1);
}
