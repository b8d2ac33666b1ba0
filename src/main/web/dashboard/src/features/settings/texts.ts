export const texts = {
  settings: "Settings",
};
