package com.callback.messaging.channel.email;
import org.springframework.stereotype.Component; import java.util.UUID;
@Component public class MailHeaders { public String address(String n,String e){return e;} public String subject(String s){return s;} public String messageId(UUID u,String d){return "<"+u+"@"+d+">";} }
