package eu.sinusnode.server.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What patients ask, and answer on therapy plans: how long a question or an alert may wait until somebody of the clinic has
 * taken it up, at any hour of any day. The defaults are this house's, and are to be decided by the medical lead.
 *
 * @param statWithin a question, or an alert of answers, of priority {@code stat} is taken up within this, or escalated
 * @param asapWithin the same for {@code asap}
 * @param urgentWithin the same for {@code urgent}
 */
@ConfigurationProperties("sinusnode.questions")
public record QuestionProperties(
        @DefaultValue("10m") Duration statWithin,
        @DefaultValue("1h") Duration asapWithin,
        @DefaultValue("8h") Duration urgentWithin) {

    public QuestionProperties {
        Sentences.require(
                Sentences.isBetween(statWithin, Duration.ofMinutes(1), asapWithin),
                "sinusnode.questions.stat-within must lie between a minute and sinusnode.questions.asap-within.");
        Sentences.require(
                Sentences.isBetween(urgentWithin, asapWithin, Duration.ofDays(7)),
                "sinusnode.questions.urgent-within must lie between sinusnode.questions.asap-within and seven days.");
    }
}
