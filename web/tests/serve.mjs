// A server of its own for each run: a temporary folder, a free port, and its end.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
export const BINARY = process.env.DATELINE || join(ROOT, "target/release/dateline");

export function run(...args) {
  const done = spawnSync(BINARY, args, { cwd: ROOT, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`dateline ${args.join(" ")}: ${done.stderr}`);
  return done.stdout.trim();
}

export async function serve(options = []) {
  const folder = mkdtempSync(join(tmpdir(), "dateline-"));
  const store = join(folder, "a.store");
  run("add", store, "examples/talks.txt", "examples/protest.txt", "examples/brief.txt", "--published", "2026-03-14", "--outlet", "Example Wire");
  const args = typeof options === "function" ? options(folder) : options;
  const child = spawn(BINARY, ["serve", store, "--listen", "127.0.0.1:0", "--log", "none", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const base = await new Promise((done, failed) => {
    child.stdout.once("data", (d) => done(String(d).trim()));
    child.once("exit", (code) => failed(new Error(`the server ended with ${code}`)));
  });
  const stop = async () => {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    const code = await ended;
    rmSync(folder, { recursive: true });
    return code;
  };
  return { base, folder, stop };
}
