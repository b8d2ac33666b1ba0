-- Keeps what the sandbox caught before the sender is told so: it survives a killed process.
insert into messaging.sandbox_messages (channel, recipient, subject, body, html, headers, caught_at)
values (:#${body.channel}, :#${body.to}, :#${body.subject}, :#${body.body}, :#${body.html}, cast(:#${body.headers} as jsonb),
  cast(:#${bean:now?method=moment} as timestamptz))
