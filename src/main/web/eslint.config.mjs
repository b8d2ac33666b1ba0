// Who may import whom; everything else is the compiler's and Prettier's business.
import { readdirSync } from "node:fs";

import parser from "@typescript-eslint/parser";

const FEATURES = "dashboard/src/features";

function border(files, patterns) {
  return { files, languageOptions: { parser }, rules: { "no-restricted-imports": ["error", { patterns }] } };
}

export default [
  { ignores: ["**/node_modules/", "**/dist/"] },
  border(
    ["{client,react,widget}/**/*.{ts,tsx}"],
    [
      {
        regex: "^@/|(^|/)dashboard(/|$)",
        message: "This package goes to pages of others: it takes nothing from the dashboard.",
      },
    ],
  ),
  border(
    ["dashboard/src/{components,leads,lib}/**/*.{ts,tsx}"],
    [{ regex: "^@/(app|features)(/|$)", message: "What all features share knows none of them." }],
  ),
  ...readdirSync(new URL(FEATURES, import.meta.url)).map((feature) =>
    border(
      [`${FEATURES}/${feature}/**/*.{ts,tsx}`],
      [
        {
          regex: `^@/features/(?!${feature}/)[^/]+/`,
          message: "Import another feature by its index.ts, which names what it has for others.",
        },
        { regex: "^(\\.\\./)+(?!.*test/)", message: "Stay inside the feature, or begin with @/." },
      ],
    ),
  ),
];
