package eu.sinusnode.server.http;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Valid records; tests change one thing of them. */
public final class Records {

    public static final String CENTRE = id("centre");
    public static final String CLINIC = id("clinic");
    public static final String INSURER = id("insurer");
    public static final String INSTITUTE = id("institute");
    /** Too few permit it anything to be told of, whoever else is stored. */
    public static final String LITTLE_KNOWN_INSTITUTE = id("little-known-institute");

    public static final String PRACTITIONER = id("practitioner");

    private Records() {}

    /** A stable UUID for a name. */
    public static String id(String name) {
        return UUID.nameUUIDFromBytes(("server-it/" + name).getBytes()).toString();
    }

    public static Organization organization(String id, String name) {
        Organization organization = new Organization();
        organization.setId(id);
        organization.setActive(true).setName(name);
        organization.addAddress().setCity("Leipzig").setPostalCode("04109").setCountry("DE");
        return organization;
    }

    public static Practitioner practitioner() {
        Practitioner practitioner = new Practitioner();
        practitioner.setId(PRACTITIONER);
        practitioner.setActive(true).addName().setFamily("Vogel").addGiven("Anke");
        return practitioner;
    }

    public static Patient patient(String id) {
        Patient patient = new Patient();
        patient.setId(id);
        patient.setActive(true).setGender(AdministrativeGender.FEMALE);
        patient.setBirthDateElement(new DateType("1952-08-17"));
        patient.addIdentifier().setSystem(Codes.KVNR).setValue("X110411675");
        patient.addName().setFamily("Brandt").addGiven("Helga");
        patient.addAddress().setCity("Leipzig").setPostalCode("04103").setCountry("DE");
        return patient;
    }

    public static Device cuff(String id, String patientId) {
        Device device = new Device();
        device.setId(id);
        device.setStatus(FHIRDeviceStatus.ACTIVE).setSerialNumber("SN-4711-08");
        device.addDeviceName().setName("Upper arm monitor").setType(DeviceNameType.USERFRIENDLYNAME);
        device.getType().addCoding().setSystem(Canonicals.DEVICE_KINDS).setCode(Codes.CUFF);
        device.setPatient(new Reference("Patient/" + patientId));
        return device;
    }

    public static CareTeam careTeam(String id, String patientId, String organization) {
        CareTeam team = new CareTeam();
        team.setId(id);
        team.setStatus(CareTeamStatus.ACTIVE).setSubject(new Reference("Patient/" + patientId));
        team.getPeriod().setStartElement(new DateTimeType("2020-01-01"));
        team.addParticipant().setMember(new Reference("Organization/" + organization));
        return team;
    }

    /** A heart rate of 63/min, an hour ago, without an id. */
    public static Observation heartRate(String patientId, String deviceId, String identifier) {
        Observation observation = new Observation();
        observation.addExtension(Canonicals.MEASUREMENT_SETTING, new CodeType(Codes.HOME));
        observation.addIdentifier().setSystem(Canonicals.VITAL_IDENTIFIER).setValue(identifier);
        observation.setStatus(ObservationStatus.FINAL);
        observation
                .addCategory()
                .addCoding()
                .setSystem(Codes.OBSERVATION_CATEGORY)
                .setCode(Codes.VITAL_SIGNS);
        observation.getCode().addCoding().setSystem(Codes.LOINC).setCode(Codes.HEART_RATE);
        observation.setSubject(new Reference("Patient/" + patientId));
        observation.setEffective(at(Instant.now().minusSeconds(3600)));
        observation.setDevice(new Reference("Device/" + deviceId));
        observation.setValue(new Quantity()
                .setValue(BigDecimal.valueOf(63))
                .setUnit("/min")
                .setSystem(Codes.UCUM)
                .setCode("/min"));
        return observation;
    }

    public static DateTimeType at(Instant instant) {
        return new DateTimeType(
                instant.atOffset(ZoneOffset.UTC).withNano(0).toString().replaceFirst("T(\\d\\d:\\d\\d)Z", "T$1:00Z"));
    }

    /** Entries with an id are put, the others posted. */
    public static Bundle transaction(Resource... resources) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        Arrays.stream(resources).forEach(resource -> {
            String id = resource.getIdElement().getIdPart();
            bundle.addEntry()
                    .setResource(resource)
                    .getRequest()
                    .setMethod(id == null ? HTTPVerb.POST : HTTPVerb.PUT)
                    .setUrl(id == null ? resource.fhirType() : resource.fhirType() + "/" + id);
        });
        return bundle;
    }

    /** What the loader brings first: organizations, a practitioner. */
    public static Bundle directory() {
        return transaction(
                organization(CENTRE, "Digital cardiac centre"),
                organization(CLINIC, "Herzpraxis am Markt"),
                organization(INSURER, "Versicherung"),
                organization(INSTITUTE, "Institut"),
                organization(LITTLE_KNOWN_INSTITUTE, "Neues Institut"),
                practitioner());
    }

    /** A patient with a cuff and the clinic as care team. */
    public static Bundle household(String name) {
        String patient = id(name);
        return transaction(
                patient(patient), cuff(id(name + "-cuff"), patient), careTeam(id(name + "-team"), patient, CLINIC));
    }
}
