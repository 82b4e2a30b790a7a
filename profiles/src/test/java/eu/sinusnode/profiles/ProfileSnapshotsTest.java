package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.Map;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;

class ProfileSnapshotsTest {

    /** Also of one that was built before its profile, or HAPI, was changed. */
    @Test
    void whatWasBuiltIsWhatWouldBeMadeNow() {
        IParser parser = FhirContext.forR4Cached().newJsonParser();
        Map<String, StructureDefinition> made = ProfileSnapshots.generate(FhirContext.forR4Cached());

        assertThat(made).isNotEmpty();
        made.forEach((file, profile) -> assertThat(ProfileSnapshots.FILES.read(file))
                .as(file)
                .isEqualTo(parser.encodeResourceToString(profile)));
    }
}
