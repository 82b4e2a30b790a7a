package eu.sinusnode.keycloak.picker;

/**
 * A patient as the picker shows one: enough to tell two people of one name apart.
 *
 * @param id plain id of the Patient
 * @param name for people; empty when the record has none
 * @param birthDate FHIR date, {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}; empty when unknown
 */
public record ListedPatient(String id, String name, String birthDate) {}
