package eu.sinusnode.sampledata.people;

/**
 * A cardiologist.
 *
 * @param id id of the Practitioner resource
 * @param organization id of the clinic's Organization
 */
public record Clinician(String id, String organization, boolean female, String title, String given, String family) {

    public String name() {
        return title + " " + given + " " + family;
    }
}
