// Scripts in the words of ES2019, which Chromium 78 knows whole; interfaces by caniuse and MDN.
import compat from "eslint-plugin-compat";
import es from "eslint-plugin-es-x";

// An iterator's methods have the names of an array's: from its text nobody can tell them apart.
const rules = Object.entries(es.configs["flat/restrict-to-es2019"].rules)
  .filter(([name]) => !name.includes("no-iterator-prototype"));

export default [{
  files: ["**/*.js"],
  languageOptions: { sourceType: "script" },
  linterOptions: { noInlineConfig: true },
  plugins: { compat, "es-x": es },
  settings: { "es-x": { aggressive: true } },
  rules: { ...Object.fromEntries(rules), "compat/compat": "error" },
}];
