package eu.sinusnode.server.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sign-offs of risk flags, and whatever else is escalated when nobody has seen to it.
 *
 * @param lookEvery from one look for overdue sign-offs, questions of patients and alerts of answers to the next
 */
@ConfigurationProperties("sinusnode.sign-off")
public record SignOffProperties(@DefaultValue("1m") Duration lookEvery) {

    public SignOffProperties {
        Sentences.require(
                Sentences.isBetween(lookEvery, Duration.ofSeconds(1), Duration.ofDays(1)),
                "sinusnode.sign-off.look-every must lie between a second and a day.");
    }
}
