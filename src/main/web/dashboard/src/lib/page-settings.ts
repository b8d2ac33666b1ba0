/** What the service tells the page about itself: it stands in a `meta` element, so that it costs no request. */
export interface PageSettings {
  /** Where people sign in: by a link of ours, or at a Supabase project. */
  readonly signIn: "link" | "supabase";
  readonly supabaseUrl: string | null;
  readonly supabaseKey: string | null;
  /** Whether this is the demo with its sandbox. */
  readonly sandbox: boolean;
}

const DEFAULTS: PageSettings = { signIn: "link", supabaseUrl: null, supabaseKey: null, sandbox: false };

function read(): PageSettings {
  const given = document.querySelector<HTMLMetaElement>('meta[name="callback-messaging"]')?.content;
  return { ...DEFAULTS, ...(given ? (JSON.parse(given) as Partial<PageSettings>) : {}) };
}

export const pageSettings = read();
