import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { appAnswers } from "../../../test/app";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { showAt } from "../../../test/show";

vi.mock("@/lib/page-settings", () => ({
  pageSettings: {
    signIn: "supabase",
    supabaseUrl: "https://project.supabase.example",
    supabaseKey: "anon-key",
    sandbox: false,
  },
}));

const SESSION = {
  access_token: "access-token",
  refresh_token: "refresh-token",
  token_type: "bearer",
  expires_in: 3_600,
  user: { id: "5b0f7c1e-2f6d-4c55-8f0e-3a4b1d9e6c01", aud: "authenticated", email: "kim@example.com" },
};
const signedOut = { "GET /api/session": () => problem(401, "not-signed-in", "Sign in first.") };

let gone: ReturnType<typeof vi.fn>;

beforeEach(() => {
  gone = vi.fn();
  vi.stubGlobal("location", {
    href: "http://localhost:3000/sign-in?next=%2Fsettings%2Fwebhooks",
    origin: "http://localhost:3000",
    search: "?next=%2Fsettings%2Fwebhooks",
    assign: gone,
  });
});
afterEach(async () => {
  const { supabaseAuth } = await import("@/lib/supabase-session");
  await supabaseAuth.stopAutoRefresh();
  localStorage.clear();
  vi.unstubAllGlobals();
});

async function signIn(answers: Record<string, unknown>, password?: string) {
  const service = playService({ ...signedOut, ...answers });
  showAt("/sign-in");
  await userEvent.type(await screen.findByRole("textbox", { name: "E-mail" }), "kim@example.com");
  if (password) {
    await userEvent.type(screen.getByLabelText(/Password/), password);
  }
  await userEvent.click(screen.getByRole("button", { name: password ? "Sign in" : "Send me a link" }));
  return service;
}

describe("signing in at a Supabase project", () => {
  it("takes a password, and goes on to where one wanted to go", async () => {
    const { asked } = await signIn({ "POST /auth/v1/token": SESSION }, "correct horse");
    await waitFor(() => expect(gone).toHaveBeenCalledWith("/settings/webhooks"));
    const request = asked.find(({ path }) => path === "/auth/v1/token")!;
    expect(request.query.get("grant_type")).toBe("password");
    expect(request.body).toMatchObject({ email: "kim@example.com", password: "correct horse" });
    expect(request.headers.get("apikey")).toBe("anon-key");
  });

  it("sends a link where there is no password, and makes nobody an account", async () => {
    const { asked } = await signIn({ "POST /auth/v1/otp": {} });
    expect(await screen.findByRole("status")).toHaveTextContent(
      "If this address has an account, a link is on its way.",
    );
    const request = asked.find(({ path }) => path === "/auth/v1/otp")!;
    expect(request.body).toMatchObject({ email: "kim@example.com", create_user: false });
    expect(request.query.get("redirect_to")).toContain("/sign-in?next=");
    expect(gone).not.toHaveBeenCalled();
    await expectAccessible(document.body);
  });

  it("says why it was refused", async () => {
    const refused = Response.json(
      { error_code: "invalid_credentials", msg: "Invalid login credentials" },
      { status: 400 },
    );
    await signIn({ "POST /auth/v1/token": refused }, "wrong");
    expect(await screen.findByText("Invalid login credentials")).toBeVisible();
    expect(screen.getByLabelText(/Password/)).toBeInvalid();
    expect(gone).not.toHaveBeenCalled();
    await expectAccessible(document.body);
  });

  it("asks nobody who is signed in already", async () => {
    keepSession();
    playService(signedOut);
    showAt("/sign-in");
    await waitFor(() => expect(gone).toHaveBeenCalledWith("/settings/webhooks"));
  });
});

describe("whoever is signed in at a Supabase project", () => {
  it("shows their token with each request", async () => {
    keepSession();
    const { asked } = playService(appAnswers());
    showAt("/inbox?view=all");
    await waitFor(() => expect(asked.map(({ path }) => path)).toContain("/api/messages"));
    const ours = asked.filter(({ path }) => path.startsWith("/api/") && path !== "/api/stream");
    expect(new Set(ours.map(({ headers }) => headers.get("Authorization")))).toEqual(new Set(["Bearer access-token"]));
  });
});

it("signs out at the project too, or they would be in again at once", async () => {
  keepSession();
  const { asked } = playService({ "POST /auth/v1/logout": new Response(null, { status: 204 }) });
  const { signOut } = await import("@/lib/session");
  await signOut();
  expect(asked.map(({ path }) => path)).toContain("/auth/v1/logout");
  expect(localStorage.getItem("callback-messaging-session")).toBeNull();
  expect(gone).toHaveBeenCalledWith("/sign-in");
});

function keepSession() {
  const expiresAt = Math.floor(Date.now() / 1_000) + 3_600;
  localStorage.setItem("callback-messaging-session", JSON.stringify({ ...SESSION, expires_at: expiresAt }));
}
