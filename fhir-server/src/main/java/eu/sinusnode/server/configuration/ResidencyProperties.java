package eu.sinusnode.server.configuration;

import eu.sinusnode.policy.residency.ResidencyTier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param tier where data may go */
@ConfigurationProperties("sinusnode.residency")
public record ResidencyProperties(@DefaultValue("EU27") ResidencyTier tier) {}
