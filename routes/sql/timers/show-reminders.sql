-- Shows a batch of the leads again whose time has come. Nothing is due where the number is 0.
select messaging.remind(cast(:#${bean:now?method=moment} as timestamptz), 200) as due
