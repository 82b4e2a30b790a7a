package eu.sinusnode.keycloak.picker;

import java.util.List;

/**
 * The first patients of a search, by name.
 *
 * @param more whether there are others that the search did not return
 */
public record PatientList(List<ListedPatient> patients, boolean more) {

    public PatientList {
        patients = List.copyOf(patients);
    }
}
