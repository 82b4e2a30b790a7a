package eu.sinusnode.server.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfRendererTest {

    private static final String HEAD = "<html lang=\"de\"><head><title>Ihr Plan</title>"
            + "<meta name=\"subject\" content=\"Ihr Plan\"/><style>body { font-family: \"DejaVu Sans\" }</style>";

    private final PdfRenderer renderer = new PdfRenderer();

    private static String page(String head, String body) {
        return HEAD + head + "</head><body>" + body + "</body></html>";
    }

    @Test
    void itIsTaggedNamedAndInItsLanguage() throws IOException {
        byte[] pdf = renderer.render(
                page(
                        "",
                        "<h1>Ihr Plan</h1><table><caption>Ziele</caption><thead><tr>"
                                + "<th scope=\"col\">Ziel</th></tr></thead><tbody><tr><td>unter 140</td></tr></tbody></table>"));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDDocumentCatalog catalog = document.getDocumentCatalog();
            assertThat(catalog.getLanguage()).isEqualTo("de");
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getStructureTreeRoot().getKids()).isNotEmpty();
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Ihr Plan");
            assertThat(catalog.getOpenAction()).isNull();
        }
    }

    @Test
    void whatPatientsNamesAndUnitsNeedIsInItsFonts() throws IOException {
        String signs = "Ä Ö Ü ä ö ü ß é ł ő ș ≥ ≤ ² ½ µ € Γιώργος Иван";
        try (PDDocument document =
                Loader.loadPDF(renderer.render(page("", "<p>" + signs + "</p><b>" + signs + "</b>")))) {
            assertThat(new PDFTextStripper().getText(document).lines()).containsOnly(signs);
        }
    }

    @Test
    void itLooksAtNothingOutside(@TempDir Path folder) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        outside.start();
        Path secret = Files.writeString(folder.resolve("secret.css"), "body:before { content: 'SECRET' }");
        try {
            String url = "http://127.0.0.1:" + outside.getAddress().getPort() + "/x";
            for (String address : new String[] {url, secret.toUri().toString(), "jar:" + secret.toUri() + "!/x"}) {
                byte[] pdf = renderer.render(page(
                        "<link rel=\"stylesheet\" href=\"%1$s\"/><style>@import url('%1$s'); @font-face { font-family: x; src: url('%1$s') } body { background-image: url('%1$s'); font-family: x, \"DejaVu Sans\" }</style>"
                                .formatted(address),
                        "<img src=\"%1$s\" alt=\"\"/><object data=\"%1$s\"></object><p>Text</p>".formatted(address)));
                try (PDDocument document = Loader.loadPDF(pdf)) {
                    assertThat(new PDFTextStripper().getText(document))
                            .contains("Text")
                            .doesNotContain("SECRET");
                }
            }
            assertThat(asked).hasValue(0);
        } finally {
            outside.stop(0);
        }
    }

    @Test
    void entitiesAndScriptsAreNoPage() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> renderer.render(
                        "<!DOCTYPE html [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + page("", "<p>&e;</p>")));
        assertThatIllegalArgumentException().isThrownBy(() -> renderer.render(page("", "<p>unclosed")));
        byte[] pdf = renderer.render(page("<script>app.alert(1)</script>", "<p onclick=\"x()\">Text</p>"));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document).strip()).isEqualTo("Text");
            assertThat(document.getDocumentCatalog().getNames() == null
                            || document.getDocumentCatalog().getNames().getJavaScript() == null)
                    .isTrue();
        }
    }
}
