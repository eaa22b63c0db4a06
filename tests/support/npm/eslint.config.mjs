// Scripts in the words of ES2019, which Chromium 78 knows whole; interfaces by caniuse and MDN.
import compat from "eslint-plugin-compat";
import es from "eslint-plugin-es-x";

export default [{
  files: ["**/*.js"],
  languageOptions: { sourceType: "script" },
  linterOptions: { noInlineConfig: true },
  plugins: { compat, "es-x": es },
  settings: { "es-x": { aggressive: true } },
  rules: { ...es.configs["flat/restrict-to-es2019"].rules, "compat/compat": "error" },
}];
