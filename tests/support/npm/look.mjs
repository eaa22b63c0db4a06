// Opens pages in Chromium 78. Each line that comes in asks for {pages: {name: address}, widths, script,
// paper} (a folder for what is printed, or nothing), and is answered by a line: what the script says on
// each page at each width, and what went wrong there.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { brotliDecompressSync } from "node:zlib";
import puppeteer from "puppeteer-core";

const packed = createRequire(import.meta.url).resolve("chrome-aws-lambda/package.json")
  .replace("package.json", "bin/chromium.br");
const executablePath = packed.replace(".br", "");
if (!existsSync(executablePath)) {
  const own = `${executablePath}.${process.pid}`;
  writeFileSync(own, brotliDecompressSync(readFileSync(packed)), { mode: 0o755 });
  renameSync(own, executablePath);
}
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for await (const line of createInterface({ input: process.stdin })) {
  const { pages, widths, script, paper } = JSON.parse(line);
  const page = await browser.newPage();
  const seen = {};
  let errors;
  page.on("pageerror", (error) => errors.push(error.message));
  for (const [name, address] of Object.entries(pages)) {
    errors = [];
    const said = [];
    for (const [place, width] of widths.entries()) {
      await page.setViewport({ width, height: 740 });
      if (place === 0) await page.goto(address);
      said.push(await page.evaluate(script));
    }
    seen[name] = { said, errors };
    if (paper) await page.pdf({ path: `${paper}/${name}.pdf`, preferCSSPageSize: true });
  }
  await page.close();
  console.log(JSON.stringify(seen));
}
await browser.close();
