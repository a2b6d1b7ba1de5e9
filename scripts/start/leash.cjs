const { isMainThread } = require("node:worker_threads");

// Loaded ahead of web and worker: when the supervisor is killed and cannot stop them, they stop themselves,
// so that the next start finds the port and the data free.
// Told, because it may be dead already when this runs; not told further to what this process starts.
const parent = Number(process.env.SUPERVISOR_PID) || process.ppid;
delete process.env.SUPERVISOR_PID;
const GRACE_MS = 30_000;

if (isMainThread) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS).unref();
    process.kill(process.pid, "SIGTERM");
  }, 500);
  timer.unref();
}
