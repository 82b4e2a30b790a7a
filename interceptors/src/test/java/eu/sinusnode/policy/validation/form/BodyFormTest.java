package eu.sinusnode.policy.validation.form;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.RequestFault;
import eu.sinusnode.policy.access.RequestProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a parser would leave out is named by its path; whatever FHIR allows passes. */
class BodyFormTest {

    private static final BodyForm FORM = new BodyForm(FhirContext.forR4Cached());

    private static final String WHOLE = """
            {"resourceType":"Observation","id":"a","meta":{"profile":["http://x.example/p"]},
            "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">A <b>b</b></div>"},
            "contained":[{"resourceType":"Patient","id":"p","active":true}],
            "extension":[{"url":"http://x.example/e","extension":[{"url":"n","valueBoolean":false}]}],
            "modifierExtension":[{"url":"http://x.example/m","valueDecimal":1.50}],
            "status":"final","_status":{"id":"s","extension":[{"url":"http://x.example/e","valueCode":"a"}]},
            "category":[{"coding":[{"system":"http://x.example/c","code":"vital-signs","userSelected":true}]}],
            "code":{"id":"c","text":"Heart rate"},"subject":{"reference":"Patient/a"},
            "effectiveDateTime":"2026-05-04T08:00:00+02:00","valueQuantity":{"value":72.50,"unit":"/min"},
            "component":[{"code":{"text":"x"},"valueSampledData":{"origin":{"value":0},"period":10,"dimensions":1,
            "data":"1 2"}}]}""";

    @Test
    void whatFhirAllowsPasses() {
        assertThat(FORM.ofJson(WHOLE)).isEmpty();
        assertThat(FORM.ofJson(json("\"given\":[\"A\",null,\"C\"],\"_given\":[null,"
                        + "{\"extension\":[{\"url\":\"http://x.example/e\",\"valueCode\":\"a\"}]},{\"id\":\"x\"}]")))
                .isEmpty();
        assertThat(FORM.ofJson(
                        json("\"_given\":[{\"extension\":[{\"url\":\"http://x.example/e\",\"valueCode\":\"a\"}]}]")))
                .isEmpty();
        assertThat(FORM.ofJson(
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":" + WHOLE + "}]}"))
                .isEmpty();
        assertThat(FORM.ofJson("{\"active\":true,\"resourceType\":\"Patient\"}"))
                .isEmpty();
    }

    /** Each would be kept until its type is known, one inside the other. */
    @Test
    void resourcesInOneAnotherSayTheirTypeEarly() {
        assertThat(FORM.ofJson(nested(4))).isEmpty();
        assertThat(FORM.ofJson(nested(5))).singleElement().satisfies(fault -> assertThat(fault.toString())
                .contains("put it first"));
        assertThat(FORM.ofJson(nested(90))).hasSize(1);
    }

    private static String nested(int resources) {
        return "{\"id\":\"a\",\"contained\":[".repeat(resources - 1)
                + "{\"id\":\"a\",\"resourceType\":\"Basic\"}"
                + "],\"resourceType\":\"Basic\"}".repeat(resources - 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "foo":1                                  | Patient.foo
            "valueQuantitty":{"value":1}             | Patient.valueQuantitty
            "gender":"male","_foo":{"id":"x"}        | Patient._foo
            "_gender":{"id":"x"}                     | Patient._gender
            "gender":"male","_gender":{"id":"x"}     | Patient._gender
            "name":[{"given":["A"],"_given":[{"id":"x"}]}] | Patient.name[0]._given[0]
            "name":[{"_given":[{"id":"x"}]}]         | Patient.name[0]._given[0]
            "name":[{"given":["A",null],"_given":[null,{"id":"y"}]}] | Patient.name[0]._given[1]
            "active":"true"                          | Patient.active
            "active":1                               | Patient.active
            "gender":1                               | Patient.gender
            "gender":true                            | Patient.gender
            "gender":["male"]                        | Patient.gender
            "gender":{"value":"male"}                | Patient.gender
            "gender":null                            | Patient.gender
            "gender":""                              | Patient.gender
            "gender":" male"                         | Patient.gender
            "name":{"family":"A"}                    | Patient.name
            "name":[]                                | Patient.name
            "name":[{}]                              | Patient.name[0]
            "name":[null]                            | Patient.name[0]
            "name":[{"given":"A"}]                   | Patient.name[0].given
            "name":[{"given":["A"],"_given":[null,{"extension":[{"url":"x","valueCode":"a"}]}]}] | Patient.name[0]._given
            "name":[{"given":["A",null]}]            | Patient.name[0].given[1]
            "name":[{"family":"A","_family":{"url":"x"}}]       | Patient.name[0]._family.url
            "name":[{"family":"A","fhir_comments":["x"]}]       | Patient.name[0].fhir_comments
            "name":[{"family":"A","resourceType":"HumanName"}]  | Patient.name[0].resourceType
            "name":[{"family":"a\\u0000"}]           | Patient.name[0].family
            "name":[{"family":"a\\ud800"}]           | Patient.name[0].family
            "_name":[{"id":"x"}]                     | Patient._name
            "multipleBirthInteger":1.5               | Patient.multipleBirthInteger
            "extension":[{"url":"x","valueDecimal":1E+3}] | Patient.extension[0].valueDecimal
            "extension":[{"url":"x","valueDecimal":1E-999999999}] | Patient.extension[0].valueDecimal
            "extension":[{"url":"x","valueDecimal":1.5E-400}] | Patient.extension[0].valueDecimal
            "multipleBirthInteger":"1"               | Patient.multipleBirthInteger
            "multipleBirthInteger":1,"multipleBirthBoolean":true | Patient.multipleBirthBoolean
            "extension":{"url":"x"}                  | Patient.extension
            "extension":[{"url":"x","valueFoo":1}]   | Patient.extension[0].valueFoo
            "contact":[{"modifierExtension":[{"url":"x","foo":1}]}] | Patient.contact[0].modifierExtension[0].foo
            "identifier":[{"modifierExtension":[{"url":"x"}]}] | Patient.identifier[0].modifierExtension
            "photo":[{"data":"!!!!"}]                | Patient.photo[0].data
            "contained":[{"id":"x"}]                 | Patient.contained[0]
            "id":"urn:uuid:x"                        | Patient.id
            "name":[{"id":"n"}]                      | Patient.name[0]
            "name":[{"family":" "}]                  | Patient.name[0].family
            "extension":[{"url":"x"}]                | Patient.extension[0]
            "extension":[{"valueCode":"x"}]          | Patient.extension[0]
            "contained":[{"resourceType":"Foo"}]     | Patient.contained[0]
            "contained":[{"resourceType":"Device","foo":1}]  | Patient.contained[0].foo
            """)
    void whatWouldBeLostIsNamed(String fields, String path) {
        List<RequestFault> faults = FORM.ofJson("{\"resourceType\":\"Patient\"," + fields + "}");
        assertThat(faults).extracting(RequestFault::path).containsExactly(path);
        assertThat(faults).extracting(RequestFault::problem).containsOnly(RequestProblem.BODY_FORM);
    }

    /** Written out, or read into a number, it would take more than it is worth. */
    @Test
    void aDecimalOfVeryManyDigitsIsNotRead() {
        String decimal = "0." + "7".repeat(399);
        String json = "{\"resourceType\":\"Patient\",\"extension\":[{\"url\":\"x\",\"valueDecimal\":" + decimal + "}]}";
        String xml = "<Patient xmlns=\"http://hl7.org/fhir\"><extension url=\"x\"><valueDecimal value=\"" + decimal
                + "\"/></extension></Patient>";
        assertThat(FORM.ofJson(json)).extracting(RequestFault::problem).containsExactly(RequestProblem.BODY_FORM);
        assertThat(FORM.ofXml(xml, StandardCharsets.UTF_8))
                .extracting(RequestFault::problem)
                .containsExactly(RequestProblem.BODY_FORM);
        String last = decimal.substring(0, 400);
        assertThat(FORM.ofJson(json.replace(decimal, last))).isEmpty();
        assertThat(FORM.ofXml(xml.replace(decimal, last), StandardCharsets.UTF_8))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"resourceType":"Patient","active":true,"active":true} | twice
            {"resourceType":"Patient","name":[{"family":"A","family":"B"}]} | /name/0/family
            {"resourceType":"Patient"                              | no JSON
            {"resourceType":"Patient"} x                           | no JSON
            {"resourceType":"Patient"} {}                          | after its end
            ["resourceType"]                                       | no JSON object
            {"resourceType":"Foo","x":{"y":[1]}}                   | resourceType
            {"resourceType":{"x":1},"y":2}                         | resourceType
            {"x":{"y":[1]}}                                        | resourceType
            {}                                                     | resourceType
            """)
    void whatIsNoResourceIsUnreadable(String body, String says) {
        List<RequestFault> faults = FORM.ofJson(body);
        assertThat(faults).extracting(RequestFault::problem).containsExactly(RequestProblem.BODY_UNREADABLE);
        assertThat(faults.get(0).what()).contains(says).doesNotContain("\"");
        assertThat(faults.get(0).path()).isNull();
    }

    @Test
    void pathsGoThroughBundlesAndParameters() {
        assertThat(FORM.ofJson("""
                {"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},
                {"resource":{"foo":1,"resourceType":"Patient","name":[{"familie":"x"}]},"x":1}]}"""))
                .extracting(RequestFault::path)
                .containsExactly(
                        "Bundle.entry[1].resource.foo",
                        "Bundle.entry[1].resource.name[0].familie",
                        "Bundle.entry[1].x");
        assertThat(FORM.ofJson("""
                {"resourceType":"Parameters","parameter":[{"name":"a","part":[{"name":"b","valueX":1,
                "resource":{"resourceType":"Patient","foo":1}}]}]}"""))
                .extracting(RequestFault::path)
                .containsExactly(
                        "Parameters.parameter[0].part[0].valueX", "Parameters.parameter[0].part[0].resource.foo");
    }

    @Test
    void depthBytesAndNumbersAreBounded() {
        String deep = "{\"resourceType\":\"Patient\",\"extension\":" + "[{\"extension\":".repeat(5_000);
        assertThat(FORM.ofJson(deep).get(0).what()).contains("deeper");
        byte[] cut = "{\"resourceType\":\"Patient\",\"gender\":\"m\u00e4le\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(FORM.ofJson(cut, StandardCharsets.UTF_8).get(0).what()).contains("UTF-8");
        assertThat(FORM.ofJson(cut, StandardCharsets.ISO_8859_1)).isEmpty();
        String many = "{\"resourceType\":\"Patient\",\"name\":[" + "{},".repeat(1_000_000) + "{}]}";
        assertThat(FORM.ofJson(many)).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <active value="true"/>                              |
            <name id="n"><family value="A"/></name>             |
            <text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p class="x">a</p></div></text> |
            <extension url="http://x.example/e"><valueCode value="a"/></extension> |
            <contained><Device><id value="d"/></Device></contained> |
            <!-- c --><active value="true"><extension url="http://x.example/e"><valueCode value="a"/></extension></active> |
            <foo value="1"/>                                    | Patient.foo
            <active value="true" foo="1"/>                      | Patient.active.foo
            <active value="true">yes</active>                   | Patient.active
            <active xmlns="urn:x" value="true"/>                | Patient.active
            <gender id="x" value="male"/>                       | Patient.gender
            <gender id="x" value="male"><extension url="http://x.example/e"><valueCode value="a"/></extension></gender> |
            <gender id="x"/>                                    | Patient.gender
            <active value="true"/><active value="false"/>       | Patient.active
            <active/>                                           | Patient.active
            <active value=""/>                                  | Patient.active.value
            <name value="A"/>                                   | Patient.name[0].value
            <name><id value="n"/></name>                        | Patient.name[0].id
            <extension url="u"><url value="x"/></extension>           | Patient.extension[0].url
            <name><family value="A"/><familie value="B"/></name> | Patient.name[0].familie
            <multipleBirthBoolean value="true"/><multipleBirthInteger value="1"/> | Patient.multipleBirthInteger
            <contained><Device><foo value="d"/></Device></contained> | Patient.contained[0].foo
            <contained><Foo/></contained>                       | Patient.contained[0]
            <contained/>                                        | Patient.contained[0]
            some text                                           | Patient
            """)
    void xmlIsLookedAtInTheSameWay(String inside, String path) {
        List<RequestFault> faults = FORM.ofXml(xml(inside), StandardCharsets.UTF_8);
        assertThat(faults).extracting(RequestFault::path).isEqualTo(path == null ? List.of() : List.of(path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <!DOCTYPE Patient [<!ENTITY b SYSTEM "file:///etc/passwd">]><Patient xmlns="http://hl7.org/fhir"/> | DOCTYPE
            <Patient xmlns="http://hl7.org/fhir"><name><family value="&b;"/></name></Patient> | no XML
            <Patient xmlns="http://hl7.org/fhir">               | no XML
            <Patient/>                                          | no resource
            <Foo xmlns="http://hl7.org/fhir"/>                  | no resource
            <?xml version="1.0" encoding="UTF-16"?><Patient xmlns="http://hl7.org/fhir"/> | encoding
            """)
    void xmlThatIsNoResourceIsUnreadable(String body, String says) {
        List<RequestFault> faults = FORM.ofXml(body, StandardCharsets.UTF_8);
        assertThat(faults).extracting(RequestFault::problem).containsExactly(RequestProblem.BODY_UNREADABLE);
        assertThat(faults.get(0).what()).contains(says);
    }

    @Test
    void xmlIsNotReadToAnyDepth() {
        String deep = "<extension url=\"u\">".repeat(5_000) + "</extension>".repeat(5_000);
        assertThat(FORM.ofXml(xml(deep), StandardCharsets.UTF_8).get(0).what()).contains("deeper");
    }

    private static String json(String name) {
        return "{\"resourceType\":\"Patient\",\"name\":[{" + name + "}]}";
    }

    private static String xml(String inside) {
        return "<Patient xmlns=\"http://hl7.org/fhir\">" + inside + "</Patient>";
    }
}
