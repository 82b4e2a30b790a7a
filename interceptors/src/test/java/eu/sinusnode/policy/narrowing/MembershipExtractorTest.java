package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.time.Instant;
import java.time.ZoneId;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MembershipExtractorTest {

    private final MembershipExtractor extractor = new MembershipExtractor(ZoneId.of("Europe/Berlin"));

    @Test
    void teamLinksItsOrganizationsAndNotItsPeople() {
        CareTeam team = team();
        team.addParticipant().setMember(new Reference("Practitioner/doctor"));
        team.addParticipant().setMember(new Reference("Organization/" + World.OTHER_CLINIC));
        assertThat(extractor.extract(team))
                .extracting(Membership::partyId)
                .containsExactly(World.CLINIC, World.OTHER_CLINIC);
        assertThat(extractor.extract(team()))
                .containsExactly(new Membership(
                        World.ANNA, World.CLINIC, Relationship.CARE_TEAM, "CareTeam", "team", Instant.EPOCH, null));
    }

    @Test
    void participantsPeriodNarrowsTheTeams() {
        CareTeam team = team();
        team.setPeriod(period("2026-01-01", "2026-06-30"));
        team.getParticipantFirstRep().setPeriod(period("2026-03-01", "2026-12-31"));
        assertThat(extractor.extract(team)).singleElement().satisfies(member -> {
            assertThat(member.validFrom()).isEqualTo(Instant.parse("2026-02-28T23:00:00Z"));
            assertThat(member.validTo()).isEqualTo(Instant.parse("2026-06-30T22:00:00Z"));
        });
        team.getParticipantFirstRep().setPeriod(period("2027-01-01", "2027-12-31"));
        assertThat(extractor.extract(team)).isEmpty();
    }

    @Test
    void coverageLinksItsPayors() {
        Coverage coverage = coverage();
        coverage.setPeriod(period("2026", "2026"));
        assertThat(extractor.extract(coverage)).singleElement().satisfies(member -> {
            assertThat(member.partyId()).isEqualTo(World.INSURER);
            assertThat(member.relationship()).isEqualTo(Relationship.COVERAGE);
            assertThat(member.validTo()).isEqualTo(Instant.parse("2026-12-31T23:00:00Z"));
        });
        coverage.getPayorFirstRep().setReference("Patient/" + World.ANNA);
        assertThat(extractor.extract(coverage)).isEmpty();
    }

    @Test
    void activeDeviceLinksItsOwner() {
        Device device = Records.withId(Records.cuff(World.ANNA), "cuff").setOwner(new Reference("Organization/x"));
        assertThat(extractor.extract(device)).isEmpty();
        assertThat(extractor.extract(device.setStatus(FHIRDeviceStatus.ACTIVE)))
                .containsExactly(
                        new Membership(World.ANNA, "x", Relationship.DEVICE, "Device", "cuff", Instant.EPOCH, null));
        assertThat(extractor.extract(device.setStatus(FHIRDeviceStatus.INACTIVE)))
                .isEmpty();
    }

    @Test
    void activeRelatedPersonLinksItselfWithinItsPeriod() {
        RelatedPerson person = Records.withId(
                new RelatedPerson().setActive(true).setPatient(new Reference("Patient/" + World.ANNA)), "daughter");
        person.setPeriod(period("2026-03-01", "2026-03-31"));
        assertThat(extractor.extract(person))
                .containsExactly(new Membership(
                        World.ANNA,
                        "daughter",
                        Relationship.REPRESENTATIVE,
                        "RelatedPerson",
                        "daughter",
                        Instant.parse("2026-02-28T23:00:00Z"),
                        Instant.parse("2026-03-31T22:00:00Z")));
        assertThat(extractor.extract(person.setActive(false))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = CareTeamStatus.class,
            names = {"ACTIVE", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void teamThatIsNotActiveLinksNobody(CareTeamStatus status) {
        assertThat(extractor.extract(team().setStatus(status))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = CoverageStatus.class,
            names = {"ACTIVE", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void coverageThatIsNotActiveLinksNobody(CoverageStatus status) {
        assertThat(extractor.extract(coverage().setStatus(status))).isEmpty();
    }

    @Test
    void otherRecordsLinkNobody() {
        assertThat(extractor.extract(Records.heartRate(World.ANNA))).isEmpty();
        CareTeam odd = team();
        odd.setSubject(new Reference("Group/1"));
        assertThat(extractor.extract(odd)).isEmpty();
        odd.setSubject(new Reference("https://elsewhere.example/Patient/anna"));
        assertThat(extractor.extract(odd)).isEmpty();
    }

    private static CareTeam team() {
        CareTeam team = Records.withId(new CareTeam(), "team");
        team.setStatus(CareTeamStatus.ACTIVE);
        team.setSubject(new Reference("Patient/" + World.ANNA));
        team.addParticipant().setMember(new Reference("Organization/" + World.CLINIC));
        return team;
    }

    private static Coverage coverage() {
        Coverage coverage = Records.withId(new Coverage(), "coverage");
        coverage.setStatus(CoverageStatus.ACTIVE);
        coverage.setBeneficiary(new Reference("Patient/" + World.ANNA));
        coverage.addPayor(new Reference("Organization/" + World.INSURER));
        return coverage;
    }

    private static Period period(String start, String end) {
        return new Period().setStartElement(new DateTimeType(start)).setEndElement(new DateTimeType(end));
    }
}
