// Opens pages in Chromium 78 and prints what a script says there, and what went wrong, as JSON.
// Comes in: {pages: {name: address}, width, script, paper}: a folder for what is printed, or nothing.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliDecompressSync } from "node:zlib";
import puppeteer from "puppeteer-core";

const { pages, width, script, paper } = JSON.parse(readFileSync(0, "utf8"));
const packed = createRequire(import.meta.url).resolve("chrome-aws-lambda/package.json")
  .replace("package.json", "bin/chromium.br");
const executablePath = packed.replace(".br", "");
if (!existsSync(executablePath)) {
  const own = `${executablePath}.${process.pid}`;
  writeFileSync(own, brotliDecompressSync(readFileSync(packed)), { mode: 0o755 });
  renameSync(own, executablePath);
}
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const seen = {};
for (const [name, address] of Object.entries(pages)) {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.setViewport({ width, height: 740 });
  await page.goto(address);
  seen[name] = { said: await page.evaluate(script), errors };
  if (paper) await page.pdf({ path: `${paper}/${name}.pdf`, preferCSSPageSize: true });
  await page.close();
}
await browser.close();
console.log(JSON.stringify(seen));
