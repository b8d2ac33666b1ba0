const AGAIN_MS = 10_000;
const LAST = "reloaded-at";

/**
 * Loads the page anew where the service has another one by now: a page that was opened before asks for files that are gone. A service that
 * cannot be reached has no other page, and what is shown stays.
 */
export async function reloadIfNewVersion(script: string): Promise<void> {
  const last = Number(sessionStorage.getItem(LAST) ?? 0);
  if (Date.now() - last > AGAIN_MS && (await isRenewed(new URL(script).pathname))) {
    sessionStorage.setItem(LAST, String(Date.now()));
    location.reload();
  }
}

async function isRenewed(script: string): Promise<boolean> {
  try {
    const answer = await fetch("/sign-in", { cache: "no-store" });
    return answer.ok && !(await answer.text()).includes(script);
  } catch {
    return false;
  }
}
