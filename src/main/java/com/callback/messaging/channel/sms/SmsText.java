package com.callback.messaging.channel.sms;
import org.springframework.stereotype.Component;
@Component public class SmsText { public record SmsSize(String encoding,int units,int parts){} public SmsSize sizeOf(String s){return new SmsSize("GSM-7",1,1);} public String fit(String s,int p){return s;} public String plain(String s){return s;} }
