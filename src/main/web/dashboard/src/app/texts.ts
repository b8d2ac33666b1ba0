export const texts = {
  nothingToUndo: "Nothing to undo.",
  main: "Main",
  unread: ", unread:",
  analytics: "Analytics",
  settings: "Settings",
  nothingHere: "There is nothing at this address",
  nothingHereAbout: "The link may be old or incomplete.",
  toInbox: "Go to the inbox",
  failed: "This page could not be shown",
  skip: "Skip to the content",
  searchOrDo: "Search or do…",
};
