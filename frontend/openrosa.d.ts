declare module "openrosa-xpath-evaluator" {
  interface Evaluator {
    evaluate(expression: string, context: Node, resolver: null, type: number): XPathResult;
  }
  export default function make(): Evaluator;
}
