// Imported first by what needs the Node that the functions run on.
const wanted = '24';

if (process.versions.node.split('.')[0] !== wanted) {
  console.error(`This needs Node ${wanted}, and here is ${process.versions.node}. \`npm ci\` installs it into node_modules (package "node"), and npm scripts use it.
It is missing when packages were installed with --ignore-scripts or --omit=dev, or when the script was started without npm: run \`npm ci\`, then \`npm run …\`.`);
  process.exit(1);
}
