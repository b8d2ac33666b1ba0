export default { experimental: { optimizePackageImports: ["@callback-messaging/react"] } };
