export const texts = {
  business: "Business",
  keyboardShortcuts: "Keyboard shortcuts",
  signOut: "Sign out",
  nameless: "Without a name",
};
