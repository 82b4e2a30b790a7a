package eu.sinusnode.server.configuration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reminders of therapy plans.
 *
 * @param workers threads of one node that make Tasks of what is due soon
 */
@ConfigurationProperties("sinusnode.reminders")
public record ReminderProperties(@DefaultValue("2") int workers) {

    public ReminderProperties {
        Sentences.require(
                workers > 0 && workers <= 8,
                "sinusnode.reminders.workers must lie between 1 and 8; each holds a connection to the database.");
    }
}
