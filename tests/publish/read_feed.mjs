// What podcast-partytime (Podcast Index) and feedsmith read in a feed, as JSON.
//   node read_feed.mjs FOLDER_OF_NODE_MODULES FEED
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.argv[2]}/x.js`);
const xml = readFileSync(process.argv[3], "utf8");
console.log = () => {}; // partytime logs what it leaves out
const partytime = require("podcast-partytime");
const feedsmith = await import(pathToFileURL(require.resolve("feedsmith")));
const read = xml.trimStart().startsWith("{") ? feedsmith.parseJsonFeed : feedsmith.parseFeed;
const found = { feedsmith: read(xml) };
if (!xml.trimStart().startsWith("{")) found.partytime = partytime.parseFeed(xml);
process.stdout.write(`\n${JSON.stringify(found)}\n`);
