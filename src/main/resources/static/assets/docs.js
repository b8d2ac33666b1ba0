// Shows the contract of this service, and lets its operations be tried on it.

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
follow();
dark.addEventListener("change", follow);

/** Everything that a search looks at: what an operation is called, and what it says it does. */
function textOf(operation) {
  const says = (name) => operation.getIn(["operation", name]) ?? "";
  return [
    operation.get("method"),
    operation.get("path"),
    says("operationId"),
    says("summary"),
    says("description"),
  ]
    .join(" ")
    .toLowerCase();
}

/** Operations in which all words stand; the viewer's own search knows the names of groups only. */
function found(groups, phrase) {
  const words = phrase.toLowerCase().split(/\s+/);
  return groups
    .map((group) =>
      group.update("operations", (operations) =>
        operations.filter((operation) => {
          const text = textOf(operation);
          return words.every((word) => text.includes(word));
        }),
      ),
    )
    .filter((group) => group.get("operations").size > 0);
}

/** Whoever is signed in here shows that it is this page that asks. */
function guarded(request) {
  const token = /(?:^|; )(?:__Host-)?XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1];
  if (token && !request.headers.Authorization && (request.method ?? "GET") !== "GET") {
    request.headers["X-XSRF-TOKEN"] = decodeURIComponent(token);
  }
  return request;
}

function fail(reason) {
  const text = document.createElement("p");
  text.className = "waiting";
  text.setAttribute("role", "alert");
  text.textContent = `The contract cannot be read (${reason}). Load the page again in a moment.`;
  document.getElementById("viewer").replaceChildren(text);
}

async function contract() {
  const answer = await fetch("/openapi.json");
  if (!answer.ok) {
    throw new Error(`status ${answer.status}`);
  }
  // Whatever address the service is known by: what is tried here is tried on the one that this page came from.
  return { ...(await answer.json()), servers: [{ url: "/" }] };
}

try {
  window.SwaggerUIBundle({
    spec: await contract(),
    dom_id: "#viewer",
    deepLinking: true,
    docExpansion: "list",
    requestInterceptor: guarded,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: "",
    tryItOutEnabled: true,
    validatorUrl: null,
    plugins: [{ fn: { opsFilter: found } }],
  });
  // The viewer names it by a placeholder that speaks of tags.
  const name = () => {
    const field = document.querySelector(".operation-filter-input");
    field?.setAttribute("placeholder", "Search operations");
    field?.setAttribute("aria-label", "Search operations");
    return field;
  };
  if (!name()) {
    const watch = new MutationObserver(() => name() && watch.disconnect());
    watch.observe(document.getElementById("viewer"), { childList: true, subtree: true });
  }
} catch (failure) {
  fail(failure.message);
}
