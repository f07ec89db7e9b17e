// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.lob;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.SQLException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TransformerHandler;
import javax.xml.transform.stax.StAXResult;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** XML text in the forms of {@code javax.xml}, read and written by the JDK's own classes. Stateless. */
final class XmlForms {
    private static final String NOTHING_OUTSIDE = "";

    private XmlForms() {}

    /** @param type null for a stream */
    @SuppressWarnings("unchecked") // Of the class, or of the one that is meant by null.
    static <T extends Source> T source(String text, @Nullable Class<T> type) throws SQLException {
        try {
            return type == null ? (T) new StreamSource(new StringReader(text)) : type.cast(sourceOf(text, type));
        } catch (ParserConfigurationException | SAXException | IOException | XMLStreamException e) {
            throw failure("read XML", e);
        }
    }

    private static Source sourceOf(String text, Class<?> type)
            throws ParserConfigurationException, SAXException, IOException, XMLStreamException, SQLException {
        if (type == StreamSource.class || type == Source.class) {
            return new StreamSource(new StringReader(text));
        }
        InputSource input = new InputSource(new StringReader(text));
        if (type == DOMSource.class) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, NOTHING_OUTSIDE);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, NOTHING_OUTSIDE);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // By default errors are printed besides.
            builder.setErrorHandler(new DefaultHandler());
            return new DOMSource(builder.parse(input));
        }
        if (type == SAXSource.class) {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            SAXParser parser = factory.newSAXParser();
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, NOTHING_OUTSIDE);
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, NOTHING_OUTSIDE);
            return new SAXSource(parser.getXMLReader(), input);
        }
        if (type == StAXSource.class) {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, NOTHING_OUTSIDE);
            return new StAXSource(factory.createXMLStreamReader(new StringReader(text)));
        }
        throw unsupported(type);
    }

    /** What is given to the result comes out at the writer, but for a DOM. @param type null for a stream */
    static Result result(StringWriter writer, @Nullable Class<?> type) throws SQLException {
        try {
            if (type == null || type == StreamResult.class || type == Result.class) {
                return new StreamResult(writer);
            }
            if (type == DOMResult.class) {
                return new DOMResult();
            }
            if (type == SAXResult.class) {
                TransformerHandler handler = ((SAXTransformerFactory) factory()).newTransformerHandler();
                handler.setResult(new StreamResult(writer));
                return new SAXResult(handler);
            }
            if (type == StAXResult.class) {
                return new StAXResult(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer));
            }
        } catch (TransformerException | XMLStreamException e) {
            throw failure("write XML", e);
        }
        throw unsupported(type);
    }

    /** @throws IllegalStateException if there is no document that could be written */
    static String textOf(DOMResult document) {
        StringWriter writer = new StringWriter();
        try {
            Transformer identity = factory().newTransformer();
            identity.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            identity.transform(new DOMSource(document.getNode()), new StreamResult(writer));
            return writer.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static TransformerFactory factory() throws TransformerException {
        TransformerFactory factory = TransformerFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory;
    }

    static SQLException failure(String action, Exception cause) {
        return SqlExceptions.error(ErrorCode.DATA_EXCEPTION, "Cannot " + action + ": " + cause.getMessage(), cause);
    }

    private static SQLException unsupported(Class<?> type) {
        return SqlExceptions.notSupported(
                "Unsupported form of XML, use one of DOM, SAX, StAX or streams, got: " + type.getName());
    }
}
