package eu.sinusnode.server.configuration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Video consultations.
 *
 * @param url page of the video service that takes somebody into a room; absent when there is none
 * @param opensBefore how long before an appointment its room opens
 */
@ConfigurationProperties("sinusnode.video")
public record VideoProperties(
        @Nullable String url, @DefaultValue("15m") Duration opensBefore) {

    public VideoProperties {
        Sentences.require(
                url == null || Sentences.isHttpUrl(url) && (url.startsWith("https:") || Sentences.isOnThisMachine(url)),
                "sinusnode.video.url must be a https URL such as https://video.example.org/room, without query and fragment; plain http is for this machine alone. Leave it out when there is no video service.");
        Sentences.require(
                Sentences.isBetween(opensBefore, Duration.ZERO, Duration.ofHours(1)),
                "sinusnode.video.opens-before must lie between 0 and 60 min.");
    }
}
