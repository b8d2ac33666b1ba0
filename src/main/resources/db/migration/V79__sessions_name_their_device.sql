-- A person recognizes a session by the browser and the system that it was begun in: "Chrome on Android". The User-Agent itself is not kept.
alter table messaging.sessions add column device text check (char_length(device) between 1 and 60);
