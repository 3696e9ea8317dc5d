// Tries the packaged extension in code-server, in a headless Chromium: findings, status, a fix, a picture.
//
//     node try.mjs CAVEAT CODE-SERVER CHROMIUM PICTURE
//
// Wants `code-server` and `playwright-core` from npm, side by side or wherever node finds them from the working
// folder; without the second it ends with exit code 77. `cargo test --test editors` runs it.

import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [caveat, server, browserPath, picture] = process.argv.slice(2);
const chromium = browserDriver();
const here = import.meta.dirname;
const scratch = mkdtempSync(join(tmpdir(), "caveat-vscode-"));
const [data, extensions, drafts] = ["data", "extensions", "drafts"].map((name) => join(scratch, name));
mkdirSync(drafts);
const settings = {
  "caveat.path": resolve(caveat),
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "window.restoreWindows": "none",
  "telemetry.telemetryLevel": "off",
  "editor.minimap.enabled": false,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
};
// The path of a program is a setting of the machine that the server runs on.
for (const name of ["User", "Machine"]) {
  mkdirSync(join(data, name), { recursive: true });
  writeFileSync(join(data, name, "settings.json"), JSON.stringify(settings));
}
const draft = join(drafts, "draft.tel");
copyFileSync(join(here, "../../tests/editors/draft.txt"), draft);

const places = ["--user-data-dir", data, "--extensions-dir", extensions];
const installed = spawnSync(server, [...places, "--install-extension", join(here, "caveat.vsix")], { encoding: "utf8" });
if (installed.status !== 0) {
  throw new Error(installed.stdout + installed.stderr);
}
console.log(installed.stdout.trim().split("\n").at(-1));
const port = 18000 + (process.pid % 1000);
const running = spawn(server, [...places, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`,
  "--disable-telemetry", "--disable-update-check", drafts], { stdio: "ignore" });
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 640 } });
  const address = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(drafts)}`;
  for (let tries = 0; ; tries += 1) {
    try {
      await page.goto(address);
      break;
    } catch (error) {
      if (tries > 60) {
        throw error;
      }
      await new Promise((done) => setTimeout(done, 500));
    }
  }
  await page.getByRole("treeitem", { name: "draft.tel" }).dblclick({ timeout: 60_000 });
  const status = page.locator(".statusbar-item", { hasText: "required: SECRET" });
  await status.waitFor({ timeout: 60_000 });
  console.log("status:", (await status.innerText()).trim());
  await page.locator(".squiggly-error").first().waitFor({ timeout: 30_000 });
  console.log("findings:", await page.locator(".squiggly-error, .squiggly-warning, .squiggly-info").count());
  const mark = page.locator(".view-line span", { hasText: /^S.NF$/ }).last();
  // White letters on the colour of the level.
  await page.waitForFunction((own) => getComputedStyle(own).color === "rgb(255, 255, 255)", await mark.elementHandle());
  console.log("colours: shown");
  await mark.hover();
  await page.locator(".monaco-hover", { hasText: "NOT RELEASABLE TO FOREIGN NATIONALS" }).first().waitFor({ timeout: 30_000 });
  console.log("hover: shown");
  if (picture) {
    await page.screenshot({ path: picture });
  }
  await page.keyboard.press("Escape");
  await mark.click();
  await page.keyboard.press("F1");
  await page.keyboard.type("caveat: explain the rule here");
  await page.getByRole("option", { name: /explain the rule here/ }).first().click();
  await page.locator(".view-line", { hasText: "telegram/" }).first().waitFor({ timeout: 30_000 });
  console.log("explanation: shown");
  await page.keyboard.press("Control+1");
  await page.locator(".view-line").first().click();
  await page.keyboard.press("F1");
  await page.keyboard.type("caveat: make every safe fix");
  await page.getByRole("option", { name: /make every safe fix/ }).first().click();
  await page.waitForTimeout(1500);
  await page.keyboard.press("Control+s");
  await page.waitForTimeout(1000);
  const fixed = readFileSync(draft, "utf8").includes("PGOV\n");
  console.log("safe fixes:", fixed ? "made" : "not made");
  process.exitCode = fixed ? 0 : 1;
} catch (error) {
  if (picture) {
    await browser.contexts()[0]?.pages()[0]?.screenshot({ path: `${picture}.failed.png` });
  }
  throw error;
} finally {
  await browser.close();
  running.kill();
  rmSync(scratch, { recursive: true, force: true });
}

/** What drives the browser. */
function browserDriver() {
  for (const from of [join(process.cwd(), "x.js"), realpathSync(server)]) {
    try {
      return createRequire(from)("playwright-core").chromium;
    } catch {
      // Not there.
    }
  }
  console.log("playwright-core is not installed");
  process.exit(77);
}
