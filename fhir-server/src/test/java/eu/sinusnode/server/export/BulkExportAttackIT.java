package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.export.ExportClient.ByType;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody gets by an export what he would not get by asking for it. */
class BulkExportAttackIT extends RunningServer {

    private static final Path EXPORTS = HOME.resolve("exports");

    private static @Nullable ExportWorld world;

    private static ExportWorld world() {
        ExportWorld made = world;
        if (made == null) {
            made = new ExportWorld("export-attack");
            made.patient("anna");
            made.patient("berta");
            world = made;
        }
        return made;
    }

    @Test
    void anothersExportIsUnknownInEveryWay() {
        ExportClient owner = new ExportClient(world().clinicToken());
        String url = owner.started("/$export?_type=Patient");
        String file = ExportClient.files(owner.manifest(url)).of("Patient").get(0);
        String nowhere = url.replaceAll("job=.*", "job=" + UUID.randomUUID());
        String noFile = file.replaceAll("file=.*", "file=" + UUID.randomUUID());
        String sameClinic =
                TOKENS.token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", world().clinic)
                        .claim("azp", "another-client"));

        for (String token : List.of(
                sameClinic,
                world().insurerToken(),
                TOKENS.clinicSystem(Records.CLINIC),
                TOKENS.patient(world().id("anna")))) {
            ExportClient other = new ExportClient(token);
            assertThat(other.status(url).body()).isEqualTo(owner.status(nowhere).body());
            assertThat(other.status(file).body()).isEqualTo(owner.status(noFile).body());
            assertThat(other.cancel(url).body()).isEqualTo(owner.cancel(nowhere).body());
            for (Answer answer : List.of(other.status(url), other.status(file), other.cancel(url))) {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.codes()).containsExactly("SN-EXPORT-002");
            }
        }
        assertThat(get(file, null).status()).isEqualTo(401);
        assertThat(owner.lines(file)).hasSize(2);
    }

    @Test
    void namesOfFilesArePartOfNoPath() {
        ExportClient owner = new ExportClient(world().clinicToken());
        JsonNode manifest = owner.manifest(owner.started("/$export?_type=Patient"));
        String file = ExportClient.files(manifest).of("Patient").get(0);
        String others = ExportClient.files(owner.manifest(owner.started("/$export?_type=Patient")))
                .of("Patient")
                .get(0);
        String job = file.substring(0, file.indexOf("&file="));
        for (String name : List.of(
                "",
                "..",
                "..%2F..%2Fsecrets",
                "%2Fetc%2Fpasswd",
                others.substring(others.indexOf("&file=") + 6),
                file.substring(file.indexOf("&file=") + 6).toUpperCase(Locale.ROOT),
                file.substring(file.indexOf("&file=") + 6) + "%00",
                "a'%20OR%20'1'%3D'1")) {
            Answer answer = owner.status(job + "&file=" + name);
            assertThat(answer.status()).as(name + answer.body()).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("Brandt");
        }
    }

    @Test
    void anotherOrganizationsGroupIsUnknown() {
        ExportClient client = new ExportClient(world().insurerToken());
        Answer foreign = client.kickOff("/Group/" + world().clinic + "/$export");
        Answer unknown = client.kickOff("/Group/" + Records.id("no such group") + "/$export");

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.body().replace(world().clinic, "ID"))
                .isEqualTo(unknown.body().replace(Records.id("no such group"), "ID"));
        assertThat(new ExportClient(TOKENS.patient(world().id("anna")))
                        .kickOff("/Group/" + world().clinic + "/$export")
                        .codes())
                .containsExactly("SN-INTERACTION-001");
    }

    @Test
    void whoMayNotExportIsTold() {
        for (String token :
                List.of(TOKENS.clinician(world().clinic), TOKENS.auditor(), TOKENS.loader(), TOKENS.job())) {
            assertThat(new ExportClient(token).kickOff("/$export").codes()).containsExactly("SN-OPERATION-001");
        }
        assertThat(new ExportClient(TOKENS.foreignInsurer()).kickOff("/$export").codes())
                .containsExactly("SN-RESIDENCY-001");
    }

    @Test
    void typesWithoutAScopeAreLeftOutAndRefusedWhenNamed() {
        ExportClient client = new ExportClient(
                world().token(CallerKind.CLINIC_SYSTEM, world().clinic, "system/Patient.rs system/CareTeam.r"));
        assertThat(client.export("/$export").types()).containsExactly("Patient");
        assertThat(client.kickOff("/$export?_type=Patient,Observation").codes()).containsExactly("SN-SCOPE-001");
        assertThat(client.kickOff("/$export?_type=CareTeam").codes()).containsExactly("SN-SCOPE-001");
        assertThat(new ExportClient(world().insurerToken())
                        .kickOff("/$export?_type=Consent")
                        .codes())
                .containsExactly("SN-INTERACTION-001");
        assertThat(new ExportClient(world().token(CallerKind.CLINIC_SYSTEM, world().clinic, "system/Observation.rs"))
                        .kickOff("/$export")
                        .codes())
                .containsExactly("SN-SCOPE-001");
    }

    @Test
    void noUnsignedFlagGoesToAnInsurerNorToThePatient() {
        String unsigned = world().id("anna-unsigned");
        assertThat(observations(world().clinicToken())).contains(unsigned, world().id("anna-signed"));
        assertThat(observations(world().insurerToken()))
                .contains(world().id("anna-signed"))
                .doesNotContain(unsigned);
        assertThat(observations(TOKENS.patient(world().id("anna"))))
                .contains(world().id("anna-signed"))
                .doesNotContain(unsigned);
        // Nor by asking for it.
        ByType<JsonNode> asked = new ExportClient(world().insurerToken())
                .export("/$export?_type=Observation&_typeFilter=Observation%3Fstatus%3Dpreliminary");
        assertThat(asked.types()).isEmpty();
    }

    private static List<String> observations(String token) {
        return ExportClient.ids(
                new ExportClient(token).export("/$export?_type=Observation").of("Observation"));
    }

    @Test
    void onlyMembersAndOnlyWhatTheyPermit() {
        ExportWorld own = new ExportWorld("export-permits");
        own.patient("all");
        own.patient(
                "codes", provision -> provision.addCode().addCoding(new Coding(Codes.LOINC, Codes.BODY_WEIGHT, null)));
        own.patient("plans", provision -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "CarePlan", null)));
        own.patient("nothing");
        own.withdraw("nothing");

        ByType<JsonNode> exported = new ExportClient(own.insurerToken()).export("/$export");

        assertThat(ExportClient.ids(exported.of("Patient"))).containsExactly(own.id("all"));
        assertThat(ExportClient.ids(exported.of("Observation"))).containsExactly(own.id("all-signed"));
        assertThat(exported.toString()).doesNotContain(own.id("nothing"), own.id("plans"), own.id("codes"));
        assertThat(new ExportClient(TOKENS.clinicSystem(Records.id("export-unlinked")))
                        .kickOff("/$export")
                        .codes())
                .containsExactly("SN-RESIDENCY-002");
    }

    @Test
    void whoWithdrawsIsInNoFileThatIsFetchedAfterwards() {
        ExportWorld own = new ExportWorld("export-withdrawn");
        own.patient("stays");
        own.patient("leaves");
        own.patient("narrows");
        ExportClient client = new ExportClient(own.insurerToken());
        JsonNode manifest = client.manifest(client.started("/$export?_type=Patient,Observation,Coverage"));
        assertThat(ids(client, manifest)).contains(own.id("leaves"), own.id("leaves-signed"), own.id("narrows-signed"));

        own.withdraw("leaves");
        own.permit("narrows", provision -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null)));

        assertThat(ids(client, manifest))
                .containsExactlyInAnyOrder(
                        own.id("stays"), own.id("stays-signed"), own.id("stays-coverage"), own.id("narrows-signed"));
        String downloads = get("/Patient/" + own.id("leaves") + "/$access-log", TOKENS.patient(own.id("leaves")))
                .body();
        assertThat(downloads).contains("Insurer of export-withdrawn");
    }

    /** The client is slow, so that the file is under way when the withdrawal is acknowledged. */
    @Test
    void whoWithdrawsIsNotInTheRestOfAFileThatIsUnderWay() throws IOException {
        ExportWorld own = new ExportWorld("export-under-way");
        own.patient("one");
        own.patient("two");
        List<String> order =
                Stream.of("one", "two").sorted(Comparator.comparing(own::id)).toList();
        String first = order.get(0);
        String last = order.get(1);
        String note = "Palpitations. ".repeat(7_000);
        for (int i = 0; i < 10; i++) {
            List<Resource> batch = new ArrayList<>();
            for (int j = 0; j < 10; j++) {
                Observation vital = Records.heartRate(own.id(first), own.id(first + "-cuff"), "long-" + i + "-" + j);
                vital.setId(own.id("long-" + i + "-" + j));
                vital.addNote().setText(note);
                batch.add(vital);
            }
            load(Records.transaction(batch.toArray(Resource[]::new)));
        }
        ExportClient client = new ExportClient(own.insurerToken());
        String file = ExportClient.files(client.manifest(client.started("/$export?_type=Observation")))
                .of("Observation")
                .get(0);
        assertThat(slowly(file, own.insurerToken(), () -> {}))
                .as("without a withdrawal")
                .contains(own.id(first), own.id(last));

        String received = slowly(file, own.insurerToken(), () -> own.withdraw(last));

        assertThat(received).contains(own.id("long-9-9")).doesNotContain(own.id(last));
    }

    /** All of the answer, of which no more than a little is taken until something has happened. */
    private static String slowly(String file, String token, Runnable meanwhile) throws IOException {
        URI uri = URI.create(file);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4 << 10);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            String request = "GET " + uri.getRawPath() + "?" + uri.getRawQuery() + " HTTP/1.0\r\nHost: "
                    + uri.getAuthority() + "\r\nAuthorization: Bearer " + token + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            String begin = new String(answer.readNBytes(1_000), StandardCharsets.UTF_8);
            assertThat(begin).contains(" 200 ");
            meanwhile.run();
            return begin + new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> ids(ExportClient client, JsonNode manifest) {
        return client.resources(manifest).map().values().stream()
                .flatMap(resources -> ExportClient.ids(resources).stream())
                .toList();
    }

    @Test
    void whatIsPermittedAfterwardsIsInNoOlderFile() {
        ExportWorld own = new ExportWorld("export-widened");
        own.patient("first");
        own.patient("later");
        own.withdraw("later");
        ExportClient client = new ExportClient(own.insurerToken());
        JsonNode manifest = client.manifest(client.started("/$export?_type=Patient"));

        own.permit("later", provision -> {});

        assertThat(ids(client, manifest)).containsExactly(own.id("first"));
        assertThat(ids(client, client.manifest(client.started("/$export?_type=Patient"))))
                .containsExactlyInAnyOrder(own.id("first"), own.id("later"));
    }

    @Test
    void aWeakerTokenFetchesLess() {
        JsonNode manifest;
        ExportClient strong = new ExportClient(world().clinicToken());
        manifest = strong.manifest(strong.started("/$export?_type=Patient,Observation"));
        ByType<String> files = ExportClient.files(manifest);
        ExportClient weak =
                new ExportClient(world().token(CallerKind.CLINIC_SYSTEM, world().clinic, "system/Patient.rs"));
        ExportClient granular = new ExportClient(world().token(
                        CallerKind.CLINIC_SYSTEM,
                        world().clinic,
                        "system/Patient.rs system/Observation.rs?category=" + Codes.OBSERVATION_CATEGORY
                                + "|laboratory"));

        assertThat(weak.lines(files.of("Patient").get(0))).isNotEmpty();
        assertThat(get(files.of("Observation").get(0), weak.token()).codes()).containsExactly("SN-SCOPE-001");
        assertThat(granular.lines(files.of("Observation").get(0))).isEmpty();
        assertThat(strong.lines(files.of("Observation").get(0))).isNotEmpty();
    }

    @Test
    void aDeletionIsAsHiddenAsWhatWasDeleted() {
        ExportWorld own = new ExportWorld("export-hidden-deletion");
        for (String who : List.of("stays", "leaves", "narrows")) {
            own.patient(who);
        }
        own.patient("never", provision -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "CarePlan", null)));
        String since = "/$export?_since="
                + new ExportClient(own.insurerToken())
                        .manifest(new ExportClient(own.insurerToken()).started("/$export"))
                        .get("transactionTime")
                        .asText();
        for (String who : List.of("stays", "leaves", "narrows", "never")) {
            own.delete("Observation/" + own.id(who + "-signed"));
        }
        ExportClient client = new ExportClient(own.insurerToken());
        String[] told = {
            "Observation/" + own.id("leaves-signed"),
            "Observation/" + own.id("narrows-signed"),
            "Observation/" + own.id("stays-signed")
        };
        JsonNode manifest = client.manifest(client.started(since));
        assertThat(client.deleted(manifest)).containsExactlyInAnyOrder(told);
        ExportClient withoutScope =
                new ExportClient(own.token(CallerKind.INSURER, own.insurer, "system/Patient.rs system/Coverage.rs"));
        assertThat(withoutScope.deleted(withoutScope.manifest(withoutScope.started(since))))
                .isEmpty();
        assertThat(get(manifest.at("/deleted/0/url").asText(), withoutScope.token())
                        .codes())
                .containsExactly("SN-SCOPE-001");

        // Who withdraws after the files were written had permitted it the last time: what the caller has is to be
        // deleted.
        own.withdraw("leaves");
        own.permit(
                "narrows",
                provision -> provision.addCode().addCoding(new Coding(Codes.LOINC, Codes.BODY_WEIGHT, null)));
        assertThat(client.deleted(manifest)).containsExactlyInAnyOrder(told);

        // Of whom the insurer does not cover any more it learns nothing.
        own.endCoverage("leaves");
        assertThat(client.deleted(manifest))
                .containsExactlyInAnyOrder(
                        "Observation/" + own.id("narrows-signed"), "Observation/" + own.id("stays-signed"));
    }

    @Test
    void aFileThatWasChangedIsNeverTakenForAWholeOne() throws IOException {
        ExportClient client = new ExportClient(world().clinicToken());
        String small = client.started("/$export?_type=Patient");
        String file = ExportClient.files(client.manifest(small)).of("Patient").get(0);
        changeLastByte(small);
        assertThat(get(file, client.token()).status()).isEqualTo(500);
        Answer packed = send(
                request(file, client.token()).header("Accept-Encoding", "gzip").GET());
        assertThat(packed.status()).isEqualTo(500);
        assertThat(packed.resource()).isInstanceOf(OperationOutcome.class);

        // The first patient's diagnosis is on its way already when the second one's turns out to be changed.
        String large = client.started("/$export?_type=Condition");
        String streamed =
                ExportClient.files(client.manifest(large)).of("Condition").get(0);
        assertThat(client.lines(streamed)).hasSize(2);
        changeLastByte(large);
        assertThatThrownBy(() -> get(streamed, client.token())).hasRootCauseInstanceOf(IOException.class);
    }

    private static void changeLastByte(String url) throws IOException {
        try (Stream<Path> paths = Files.list(EXPORTS.resolve(job(url)))) {
            Path path = paths.findFirst().orElseThrow();
            assertThat(Files.readString(path, StandardCharsets.ISO_8859_1))
                    .doesNotContain("Brandt", "Palpitations", world().id("anna"));
            try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw")) {
                bytes.seek(bytes.length() - 1);
                int last = bytes.read();
                bytes.seek(bytes.length() - 1);
                bytes.write(last ^ 1);
            }
        }
    }

    @Test
    void asManyAsAllowedAndNoMore() {
        ExportWorld own = new ExportWorld("export-limit");
        ExportClient client = new ExportClient(own.insurerToken());
        for (int i = 0; i < 3; i++) {
            client.manifest(client.started("/$export"));
        }
        database.update(
                "UPDATE sinusnode.export_job SET state = 'running', lease_until = 'infinity' WHERE owner LIKE ?",
                "%" + own.insurer + "%");

        Answer refused = client.kickOff("/$export");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.codes()).containsExactly("SN-EXPORT-003");
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(new ExportClient(own.clinicToken()).kickOff("/$export").status())
                .isEqualTo(202);
        database.update("DELETE FROM sinusnode.export_job WHERE owner LIKE ?", "%" + own.insurer + "%");
    }

    static String job(String url) {
        return url.substring(url.indexOf("job=") + 4);
    }
}
