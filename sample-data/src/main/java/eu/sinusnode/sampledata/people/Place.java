package eu.sinusnode.sampledata.people;

/** A town with one of its postcodes. */
public record Place(String city, String postcode) {}
