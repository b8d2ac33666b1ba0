// The contract's types are no source that tsc copies, and the style sheet is no module.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

copyFileSync("../client/src/contract.d.ts", "dist/types/client/src/contract.d.ts");

// The tokens hold inside our own root only, and follow its page's colour scheme.
const tokens = readFileSync("../../resources/static/assets/tokens.css", "utf8").replaceAll(":root", ":where(.cm-root)");
writeFileSync("dist/styles.css", `${tokens}\n${readFileSync("src/styles.css", "utf8")}`);
