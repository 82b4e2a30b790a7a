package eu.sinusnode.sampledata.people;

import java.util.List;

/**
 * An organization of the cohort; every name is invented.
 *
 * @param kind {@code centre}, {@code clinic}, {@code insurer} or {@code foreign-insurer}
 * @param country ISO 3166-1 alpha-2
 * @param catchment where a clinic's patients live; empty for others
 */
public record Institution(
        String id, String kind, String name, String street, Place place, String country, List<Place> catchment) {}
