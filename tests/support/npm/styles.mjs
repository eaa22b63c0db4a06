// Says where a style sheet (its text comes in) uses what caniuse knows Chromium 78 not to.
import doiuse from "doiuse";
import { readFileSync } from "node:fs";
import postcss from "postcss";

// Known there as far as we use them: what is lacking is a word of theirs that is written nowhere.
const ignore = ["css-clip-path", "css-masks", "css-overflow", "css-text-indent", "multicolumn",
                "text-decoration"];
const browsers = ["chrome 78"];
// "minmax(" is no "max(".
const isMeant = (feature, text) => feature !== "css-math-functions" || /\b(min|max|clamp)\(/.test(text);
const onFeatureUsage = ({ feature, usage }) => isMeant(feature, usage.toString()) &&
  console.log(`${usage.source.start.line}: ${feature}: ${usage.toString().slice(0, 60)}`);
await postcss([doiuse({ browsers, ignore, onFeatureUsage })])
  .process(readFileSync(0, "utf8"), { from: undefined });
