export const texts = {
  business: "Business",
  keyboardShortcuts: "Keyboard shortcuts",
  signOut: "Sign out",
  signOutElsewhere: "Sign out on other devices",
  signedOutElsewhere: "You are signed out on all other devices",
  nameless: "Without a name",
};
