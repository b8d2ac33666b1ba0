import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";

import { NotFound } from "@/app/not-found";
import { RouteFailed } from "@/app/route-failed";
import { Shell } from "@/app/shell";
import { late, loadAgain } from "@/components/ui/late";
import { auditSearch } from "@/features/audit/search";
import { InboxPage } from "@/features/inbox/inbox-page";
import { filterOf, inboxSearch, sortOf } from "@/features/inbox/search";
import { keepNewest } from "@/leads/keep-newest";
import { leadsQuery } from "@/leads/queries";
import { Refused } from "@/lib/api";
import { sessionQuery } from "@/lib/session";

interface Context {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: RouteFailed,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search["next"] === "string" && /^\/(?!\/)/.test(search["next"]) ? { next: search["next"] } : {},
  component: late(async () => (await import("@/features/sign-in/sign-in-page")).SignInPage),
});

/** Everything behind it is for people who are signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(sessionQuery());
    } catch (error) {
      if (error instanceof Refused && error.problem.status === 401) {
        throw redirect({ to: "/sign-in", search: { next: location.href } });
      }
      throw error;
    }
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox", search: {} });
  },
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: "/inbox",
  validateSearch: inboxSearch,
  loaderDeps: ({ search }) => search,
  // Before all else that the page asks for: a connection has room for few at a time.
  loader: ({ context, deps }) => {
    const search = inboxSearch(deps as Record<string, unknown>);
    if (search.saved === undefined) {
      // What goes wrong is said by the list, which asks too.
      context.client.ensureInfiniteQueryData(leadsQuery(filterOf(search), sortOf(search))).catch(() => undefined);
    }
  },
  component: InboxPage,
});

const lead = createRoute({
  getParentRoute: () => inbox,
  path: "/$leadId",
  component: late(async () => (await import("@/features/lead/lead-page")).LeadPage),
});

const analytics = createRoute({
  getParentRoute: () => shell,
  path: "/analytics",
  validateSearch: (search: Record<string, unknown>) => {
    const text = (name: string) => (typeof search[name] === "string" ? { [name]: search[name] } : {});
    return { ...text("from"), ...text("to"), ...text("funnel") } as { from?: string; to?: string; funnel?: string };
  },
  component: late(async () => (await import("@/features/analytics/analytics-page")).AnalyticsPage),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: late(async () => (await import("@/features/settings/settings-layout")).SettingsLayout),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  component: late(async () => (await import("@/features/settings/settings-home")).SettingsHome),
});

const channels = createRoute({
  getParentRoute: () => settings,
  path: "/channels",
  component: late(async () => (await import("@/features/channels/channels-page")).ChannelsPage),
});

const webhooks = createRoute({
  getParentRoute: () => settings,
  path: "/webhooks",
  component: late(async () => (await import("@/features/webhooks/webhooks-page")).WebhooksPage),
});

const webhook = createRoute({
  getParentRoute: () => settings,
  path: "/webhooks/$subscriptionId",
  component: late(async () => (await import("@/features/webhooks/webhook-page")).WebhookPage),
});

const notifications = createRoute({
  getParentRoute: () => settings,
  path: "/notifications",
  component: late(async () => (await import("@/features/notifications/notifications-page")).NotificationsPage),
});

const escalation = createRoute({
  getParentRoute: () => settings,
  path: "/escalation",
  component: late(async () => (await import("@/features/escalation/escalation-page")).EscalationPage),
});

const templates = createRoute({
  getParentRoute: () => settings,
  path: "/templates",
  component: late(async () => (await import("@/features/templates/templates-page")).TemplatesPage),
});

const members = createRoute({
  getParentRoute: () => settings,
  path: "/members",
  component: late(async () => (await import("@/features/members/members-page")).MembersPage),
});

const assignment = createRoute({
  getParentRoute: () => settings,
  path: "/assignment",
  component: late(async () => (await import("@/features/assignment/assignment-page")).AssignmentPage),
});

const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: "/api-keys",
  component: late(async () => (await import("@/features/api-keys/api-keys-page")).ApiKeysPage),
});

const funnels = createRoute({
  getParentRoute: () => settings,
  path: "/funnels",
  component: late(async () => (await import("@/features/funnels/funnels-page")).FunnelsPage),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: "/audit",
  validateSearch: auditSearch,
  component: late(async () => (await import("@/features/audit/audit-page")).AuditPage),
});

const business = createRoute({
  getParentRoute: () => settings,
  path: "/business",
  component: late(async () => (await import("@/features/business/business-page")).BusinessPage),
});

const devices = createRoute({
  getParentRoute: () => settings,
  path: "/devices",
  component: late(async () => (await import("@/features/sessions/sessions-page")).SessionsPage),
});

const tree = root.addChildren([
  signIn,
  shell.addChildren([
    home,
    inbox.addChildren([lead]),
    analytics,
    settings.addChildren([
      settingsHome,
      channels,
      webhooks,
      webhook,
      notifications,
      devices,
      escalation,
      templates,
      members,
      assignment,
      apiKeys,
      funnels,
      audit,
      business,
    ]),
  ]),
]);

export function newRouter(client: QueryClient) {
  keepNewest(client);
  const router = createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultErrorComponent: RouteFailed,
  });
  router.subscribe("onBeforeNavigate", loadAgain);
  return router;
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
