package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.residency.OrganizationDirectory;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import org.hl7.fhir.r4.model.Organization;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Where an organization is counts from the moment in which it is stored. */
class MovedOrganizationIT extends RunningServer {

    private static final String ID = Records.id("an organization that moves");

    @Autowired
    private OrganizationDirectory organizations;

    @Test
    void theCountryOfTheCurrentVersionCounts() {
        store("DE");
        assertThat(organizations.find(ID)).map(RegisteredOrganization::country).contains("DE");
        assertThat(organizations.find(ID)).map(RegisteredOrganization::country).contains("DE");

        store("US");

        assertThat(organizations.find(ID)).map(RegisteredOrganization::country).contains("US");
    }

    @Test
    void anUnknownOrganizationIsNotThere() {
        assertThat(organizations.find(Records.id("no organization"))).isEmpty();
    }

    private static void store(String country) {
        Organization organization = new Organization();
        organization.setId(ID);
        organization.setActive(true).setName("Praxis am Fluss");
        organization.addAddress().setCountry(country);
        assertThat(put("/Organization/" + ID, TOKENS.loader(), organization).status())
                .isIn(200, 201);
    }
}
