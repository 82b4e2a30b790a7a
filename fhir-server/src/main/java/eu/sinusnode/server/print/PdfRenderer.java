package eu.sinusnode.server.print;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.logging.Level;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Makes a tagged PDF (PDF/UA) of a page. It reads nothing but the page and the fonts that ship: every other address, a file's too, is
 * refused before it is looked at, and a page with a document type or an entity is no page. It writes no log, since a page is health data.
 */
public final class PdfRenderer {

    private static final String FAMILY = "DejaVu Sans";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;

    static {
        XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.OFF));
        XRLog.setLoggingEnabled(false);
        FontMappers.set(new ShippedFonts());
    }

    /**
     * @param page HTML that is XML, without a document type
     * @throws IllegalArgumentException when it is no such page
     */
    public byte[] render(String page) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.useExternalResourceAccessControl(
                (uri, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
        builder.useExternalResourceAccessControl(
                (uri, type) -> false, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        builder.useUriResolver((base, uri) -> null);
        builder.useFont(() -> ShippedFonts.stream("DejaVuSans.ttf"), FAMILY, REGULAR, FontStyle.NORMAL, true);
        builder.useFont(() -> ShippedFonts.stream("DejaVuSans-Bold.ttf"), FAMILY, BOLD, FontStyle.NORMAL, true);
        builder.usePdfUaAccessibility(true);
        builder.withProducer("SinusNode");
        builder.withW3cDocument(document(page), null);
        builder.toStream(pdf);
        try {
            builder.run();
        } catch (IOException e) {
            throw new IllegalStateException("A page could not be written as PDF.", e);
        }
        return pdf.toByteArray();
    }

    private static Document document(String page) {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(false);
        factory.setExpandEntityReferences(false);
        factory.setXIncludeAware(false);
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            DocumentBuilder reader = factory.newDocumentBuilder();
            // The default one prints what is wrong.
            reader.setErrorHandler(new DefaultHandler());
            return reader.parse(new InputSource(new StringReader(page)));
        } catch (SAXException malformed) {
            throw new IllegalArgumentException("The page is not well-formed.", malformed);
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("A page could not be read.", e);
        }
    }
}
